// src/model/errors.ts
/**
* The check could not be made. A check that was made and came out badly is not an error: it is a
* finding, because a bad signature is data and a broken network is not.
*
* Catch it by subclass, report it by `code`. Never throw a plain `Error` outside a "cannot happen".
*/
var AssayError = class extends Error {
	code;
	remedy;
	constructor({ code, message, remedy, cause }) {
		super(message, { cause });
		this.name = new.target.name;
		this.code = code;
		this.remedy = remedy;
	}
};
/** The workflow, command line or policy asks for something that cannot be done: its author has to change it. */
var InputError = class extends AssayError {
	constructor(details) {
		super(details);
	}
};
/** Bytes in the checkout are not in the format their name promises. */
var ParseError = class extends AssayError {
	/** 1-based line of the fault, where it is known. */
	line;
	/** Where it is, when it is not the file that was to be read but one beside it: `go.sum`, an included file. */
	path;
	constructor({ line, path, ...details }) {
		super(details);
		if (line !== void 0) this.line = line;
		if (path !== void 0) this.path = path;
	}
};
/** A service did not answer, or not in a form or size we accept. Trying again may help. */
var ServiceError = class extends AssayError {
	/** What was asked, without credentials. */
	url;
	/** What went wrong in a few words that hold for other URLs of the same host too: `status 503`. */
	reason;
	/** After how many milliseconds at the earliest trying again may help, 0 for any; absent when it will not. */
	retryInMs;
	constructor({ url, reason, retryInMs, ...details }) {
		super(details);
		if (url !== void 0) this.url = url;
		if (reason !== void 0) this.reason = reason;
		if (retryInMs !== void 0) this.retryInMs = retryInMs;
	}
};
/** The run was asked not to look (`--offline`), or was ended from outside. */
var CancelledError = class extends AssayError {
	constructor(details) {
		super(details);
	}
};
/** How reports show any error. What is not ours is a bug of ours. */
function problemOf(error) {
	if (error instanceof AssayError) {
		const { code, message, remedy } = error;
		return {
			code,
			message,
			remedy
		};
	}
	return {
		code: "INTERNAL",
		message: messageOf(error),
		remedy: "This is a bug in Assay; please report it with the debug log"
	};
}
/** Node's own errors are no `instanceof Error` of another realm, as inside jest: `Error.isError` is. */
function messageOf(error) {
	return Error.isError(error) ? error.message : String(error);
}
/** Where a bug of ours shows itself, for the debug log; empty for errors that are no bugs. */
function traceOf(error) {
	return error instanceof AssayError || !Error.isError(error) ? "" : error.stack ?? "";
}
Object.defineProperty(exports, "AssayError", {
	enumerable: true,
	get: function() {
		return AssayError;
	}
});
Object.defineProperty(exports, "CancelledError", {
	enumerable: true,
	get: function() {
		return CancelledError;
	}
});
Object.defineProperty(exports, "InputError", {
	enumerable: true,
	get: function() {
		return InputError;
	}
});
Object.defineProperty(exports, "ParseError", {
	enumerable: true,
	get: function() {
		return ParseError;
	}
});
Object.defineProperty(exports, "ServiceError", {
	enumerable: true,
	get: function() {
		return ServiceError;
	}
});
Object.defineProperty(exports, "messageOf", {
	enumerable: true,
	get: function() {
		return messageOf;
	}
});
Object.defineProperty(exports, "problemOf", {
	enumerable: true,
	get: function() {
		return problemOf;
	}
});
Object.defineProperty(exports, "traceOf", {
	enumerable: true,
	get: function() {
		return traceOf;
	}
});
