const require_errors = require("./chunk-errors.js");
let node_zlib = require("node:zlib");
let node_crypto = require("node:crypto");
// src/formats/zip.ts
/** Most entries that an archive may have: ten times the largest that we know of. */
const MAX_ENTRIES = 1e6;
/** Signatures and fixed lengths of the records. @see https://pkware.cachefly.net/webdocs/APPNOTE/APPNOTE-6.3.10.TXT */
const LOCAL_HEADER = {
	signature: 67324752,
	length: 30
};
const DIRECTORY_HEADER = {
	signature: 33639248,
	length: 46
};
const DIRECTORY_END = {
	signature: 101010256,
	length: 22
};
const DIRECTORY_END_64 = {
	signature: 101075792,
	length: 56
};
const LOCATOR_64 = {
	signature: 117853008,
	length: 20
};
/** A value that does not fit: it stands in a zip64 record then. */
const SEE_ZIP64 = 4294967295;
const ENCRYPTED = 1;
/**
* Reads a zip archive's central directory. Sizes in it are final even where a data descriptor follows the
* data. Stricter than most readers: the directory lies exactly where the end record says, and that record
* ends the file, so that no two readers can find different directories.
*
* @param maxUnpackedBytes most bytes that all entries together may have when unpacked
* @throws ServiceError `SERVICE_RESPONSE_INVALID` when it is no such archive, `SERVICE_LIMIT_EXCEEDED`
*/
function readZip(archive, maxUnpackedBytes) {
	const bytes = bufferOf(archive);
	const directory = directoryOf(bytes);
	if (directory.count > MAX_ENTRIES) throw tooLarge(`it has ${directory.count} entries, expected at most ${MAX_ENTRIES}`);
	const entries = [];
	let [at, unpacked] = [directory.start, 0];
	for (let left = directory.count; left > 0; left--) {
		const { entry, next } = entryAt(bytes, at, directory);
		unpacked += entry.size;
		if (unpacked > maxUnpackedBytes) throw tooLarge(`it unpacks to more than ${maxUnpackedBytes} bytes`);
		entries.push(entry);
		at = next;
	}
	if (at !== directory.end) throw invalid("its directory has more entries than it says");
	return entries;
}
/**
* Unpacks one entry.
*
* @throws ServiceError `SERVICE_RESPONSE_INVALID` when it is damaged, or is not of the size that the directory says
*/
function unpack(archive, entry) {
	const bytes = bufferOf(archive);
	const { length } = LOCAL_HEADER;
	if (!hasRecord(bytes, entry.offset, LOCAL_HEADER)) throw invalid(`${shownName(entry)} has no header`);
	const names = bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
	const start = entry.offset + length + names;
	const data = bytes.subarray(start, start + entry.packedSize);
	if (data.length !== entry.packedSize) throw invalid(`${shownName(entry)} is cut off`);
	const plain = entry.method === 0 ? data : inflated(data, entry);
	if (plain.length !== entry.size) throw invalid(`${shownName(entry)} has ${plain.length} bytes, its directory says ${entry.size}`);
	return plain;
}
/** The name as people read it, quoted. */
function shownName({ name }) {
	return JSON.stringify(Buffer.from(name.slice(0, 200), "latin1").toString("utf8"));
}
/** An archive that cannot be what it is said to be. */
function invalidZip(reason) {
	return invalid(reason);
}
/** Never more output than the directory promised, whatever the data would expand to. */
function inflated(data, entry) {
	const room = entry.size + 1;
	try {
		return (0, node_zlib.inflateRawSync)(data, {
			maxOutputLength: room,
			chunkSize: Math.max(room, 64)
		});
	} catch (error) {
		throw invalid(`${shownName(entry)} cannot be unpacked: ${require_errors.messageOf(error)}`);
	}
}
function directoryOf(bytes) {
	const end = endOfDirectory(bytes);
	const [disk, directoryDisk] = [bytes.readUInt16LE(end + 4), bytes.readUInt16LE(end + 6)];
	const count = bytes.readUInt16LE(end + 10);
	const size = bytes.readUInt32LE(end + 12);
	const start = bytes.readUInt32LE(end + 16);
	const end64 = count === 65535 || size === SEE_ZIP64 || start === SEE_ZIP64 ? end64Of(bytes, end) : void 0;
	if (end64 !== void 0) return end64;
	if (disk !== 0 || directoryDisk !== 0) throw invalid("it is one part of several");
	return checkedDirectory({
		count,
		start,
		end: start + size
	}, end);
}
/** From the end, because the record is of variable length: a comment may follow. */
function endOfDirectory(bytes) {
	const { signature, length } = DIRECTORY_END;
	const lowest = Math.max(0, bytes.length - length - 65535);
	for (let at = bytes.length - length; at >= lowest; at--) {
		if (bytes.readUInt32LE(at) !== signature) continue;
		if (at + length + bytes.readUInt16LE(at + 20) === bytes.length) return at;
	}
	throw invalid("it has no end of directory");
}
function end64Of(bytes, end) {
	const locator = end - LOCATOR_64.length;
	if (!hasRecord(bytes, locator, LOCATOR_64)) return void 0;
	const at = bigNumberAt(bytes, locator + 8);
	if (!hasRecord(bytes, at, DIRECTORY_END_64)) throw invalid("its zip64 end of directory is missing");
	const count = bigNumberAt(bytes, at + 32);
	const start = bigNumberAt(bytes, at + 48);
	return checkedDirectory({
		count,
		start,
		end: start + bigNumberAt(bytes, at + 40)
	}, at);
}
function checkedDirectory(directory, end) {
	if (directory.end === end && directory.start <= end) return directory;
	throw invalid(`its directory ends at byte ${directory.end}, expected ${end}`);
}
function entryAt(bytes, at, directory) {
	const { length } = DIRECTORY_HEADER;
	if (at + length > directory.end || !hasRecord(bytes, at, DIRECTORY_HEADER)) throw invalid("its directory is damaged");
	const [nameLength, extraLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
	const extraAt = at + length + nameLength;
	const next = extraAt + extraLength + bytes.readUInt16LE(at + 32);
	if (next > directory.end) throw invalid("its directory is damaged");
	const name = bytes.toString("latin1", at + length, extraAt);
	const method = bytes.readUInt16LE(at + 10);
	if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw invalid(`${shownName({ name })} is encrypted`);
	if (method !== 0 && method !== 8) throw invalid(`${shownName({ name })} is packed by method ${method}, expected 0 or 8`);
	const fields = [
		24,
		20,
		42
	].map((field) => bytes.readUInt32LE(at + field));
	const extra = bytes.subarray(extraAt, extraAt + extraLength);
	const [size = 0, packedSize = 0, offset = 0] = fields.includes(SEE_ZIP64) ? zip64Fields(extra, fields) : fields;
	if (offset + LOCAL_HEADER.length + packedSize > directory.start) throw invalid(`${shownName({ name })} does not lie before the directory`);
	return {
		entry: {
			name,
			method,
			packedSize,
			size,
			offset
		},
		next
	};
}
/** The fields that do not fit stand in the extra field 1, in this order. APPNOTE 4.5.3 */
function zip64Fields(extra, fields) {
	for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
		if (extra.readUInt16LE(at) !== 1) continue;
		const data = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
		let used = 0;
		return fields.map((field) => {
			if (field !== SEE_ZIP64) return field;
			used += 8;
			return bigNumberAt(data, used - 8);
		});
	}
	throw invalid("its directory is damaged");
}
function hasRecord(bytes, at, record) {
	return at >= 0 && at + record.length <= bytes.length && bytes.readUInt32LE(at) === record.signature;
}
function bigNumberAt(bytes, at) {
	const value = at + 8 <= bytes.length ? Number(bytes.readBigUInt64LE(at)) : NaN;
	if (!Number.isSafeInteger(value)) throw invalid("its directory is damaged");
	return value;
}
function bufferOf(bytes) {
	return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
function invalid(reason) {
	return new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot read the zip archive: ${reason}`,
		remedy: "Compare the file with another mirror: whoever serves it serves something else",
		reason
	});
}
function tooLarge(reason) {
	return new require_errors.ServiceError({
		code: "SERVICE_LIMIT_EXCEEDED",
		message: `Cannot read the zip archive: ${reason}`,
		remedy: "Compare the file with another mirror: Go itself refuses archives of this size",
		reason
	});
}
// src/formats/go-dirhash.ts
/**
* Largest module zip, and most bytes in it when unpacked: Go's own limits. A lower one refuses real
* modules.
*
* @see https://go.dev/ref/mod#zip-path-size-constraints
*/
const MAX_MODULE_BYTES = 524288e3;
/** Largest go.mod file: Go's own limit. */
const MAX_GO_MOD_BYTES = 16777216;
/** Characters that no file of a module has in its name. Bytes above 127 are parts of letters. */
const FORBIDDEN = /[^ -~\u0080-\u00ff]|["'*:;<>?\\`|]/;
/**
* Computes Go's hash of a module zip, the one that go.sum lists: the SHA-256 of a list of the SHA-256 of
* every file, sorted by name.
*
* @param prefix what every name in a module's zip begins with: `<module>@<version>/`
* @throws ServiceError `SERVICE_RESPONSE_INVALID` when the bytes are no zip of this module,
*   `SERVICE_LIMIT_EXCEEDED` when they are more, packed or unpacked, than Go takes
* @see https://go.dev/ref/mod#go-sum-files
*/
function h1OfModuleZip(zip, prefix) {
	const wanted = Buffer.from(prefix, "utf8").toString("latin1");
	const hashes = /* @__PURE__ */ new Map();
	for (const entry of readZip(zip, MAX_MODULE_BYTES)) {
		const fault = faultOfName(entry, wanted);
		if (fault !== void 0) throw invalidZip(`entry ${shownName(entry)} ${fault}`);
		if (hashes.has(entry.name)) throw invalidZip(`it has ${shownName(entry)} twice`);
		hashes.set(entry.name, (0, node_crypto.hash)("sha256", unpack(zip, entry)));
	}
	return h1Of(hashes);
}
/** Computes Go's hash of a go.mod file, as go.sum lists it. */
function h1OfGoMod(bytes) {
	return h1Of(/* @__PURE__ */ new Map([["go.mod", (0, node_crypto.hash)("sha256", bytes)]]));
}
/** @param hashes name, one character for each byte, to SHA-256 in hex */
function h1Of(hashes) {
	const list = (0, node_crypto.createHash)("sha256");
	for (const name of [...hashes.keys()].sort()) list.update(`${hashes.get(name) ?? ""}  ${name}\n`, "latin1");
	return {
		algorithm: "h1",
		hex: list.digest("hex")
	};
}
/** An empty element, `.` or `..` anywhere in a path. */
const UNCLEAN = /(?:^|\/)\.{0,2}(?:\/|$)/;
/** @see https://go.dev/ref/mod#zip-path-size-constraints */
function faultOfName({ name }, prefix) {
	if (!name.startsWith(prefix)) return "lies outside of the module";
	const path = name.slice(prefix.length, name.endsWith("/") ? -1 : void 0);
	if (FORBIDDEN.test(path)) return "has a character that no file of a module has";
	return path !== "" && UNCLEAN.test(path) ? "has a path that leads elsewhere" : void 0;
}
Object.defineProperty(exports, "MAX_GO_MOD_BYTES", {
	enumerable: true,
	get: function() {
		return MAX_GO_MOD_BYTES;
	}
});
Object.defineProperty(exports, "MAX_MODULE_BYTES", {
	enumerable: true,
	get: function() {
		return MAX_MODULE_BYTES;
	}
});
Object.defineProperty(exports, "h1OfGoMod", {
	enumerable: true,
	get: function() {
		return h1OfGoMod;
	}
});
Object.defineProperty(exports, "h1OfModuleZip", {
	enumerable: true,
	get: function() {
		return h1OfModuleZip;
	}
});
