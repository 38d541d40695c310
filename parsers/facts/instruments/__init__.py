"""Laws, resolutions and other instruments named in a document."""
