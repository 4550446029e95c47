"""What documents need from outside: disk or S3, typesetter, signing keys, scanner."""
