field-required = .
