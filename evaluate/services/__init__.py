"""What Evaluarme does: importing and publishing questionnaires, answering, submitting and scoring."""
