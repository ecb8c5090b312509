"""Code that every service uses; it never imports a service."""
