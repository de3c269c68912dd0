"""The site's files: space, downloads, exports, FTP."""
