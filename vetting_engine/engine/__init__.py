"""The loop: vet one, vet many, replay."""
