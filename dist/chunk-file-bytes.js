const require_errors = require("./chunk-errors.js");
// src/stages/file-bytes.ts
/** Largest file that is read, in bytes: above what any registry or release takes. */
const MAX_BYTES = 64 * 1024 ** 3;
/**
* The bytes of a file of the checkout as they are now, piece by piece.
*
* @throws ParseError `FILE_UNREADABLE`, `FILE_TOO_LARGE`
* @throws CancelledError when the run was ended
*/
async function* fileBytes({ host, signal }, path) {
	for await (const chunk of host.files.chunks(path, MAX_BYTES)) {
		if (signal.aborted) throw new require_errors.CancelledError({
			code: "CANCELLED",
			message: `The run was ended while "${path}" was read`,
			remedy: "Run it again, and let it finish"
		});
		yield chunk;
	}
}
Object.defineProperty(exports, "fileBytes", {
	enumerable: true,
	get: function() {
		return fileBytes;
	}
});
