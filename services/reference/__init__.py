"""What is written from the code for those who read about it: `python -m services.reference`."""
