"""What readers see: one fold for each read model, and the projector that keeps them up to date."""
