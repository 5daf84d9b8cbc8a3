"""Forms: a form is a list of fields over one draft of texts; one FormView shows any form."""
