"""Reports as pages of HTML: one file each, with its style and its pictures in it, and no script."""
