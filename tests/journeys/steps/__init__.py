"""What people do, in the order of the journey: short functions by role, named by what the person does."""
