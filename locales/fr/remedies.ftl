remedy-none = .
