"""Files of a workspace: reading them into the model, and changing them all or not at all."""
