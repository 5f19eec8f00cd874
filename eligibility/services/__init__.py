"""What changes municipalities and programme versions. One file per verb."""
