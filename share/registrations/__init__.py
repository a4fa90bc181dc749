"""What registering means: until when, who may come, in which words people are told."""
