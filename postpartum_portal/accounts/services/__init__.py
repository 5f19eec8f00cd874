"""What a centre does with its own staff: one module per idea, one function per verb."""
