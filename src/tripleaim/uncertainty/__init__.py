"""What nobody knows for certain: joint draws of all parameters, kept and resumed, and what they
lead to."""
