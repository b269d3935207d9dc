let node_net = require("node:net");
// src/host/http/address.ts
/** @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const PRIVATE = listOf([
	[
		"0.0.0.0",
		8,
		"ipv4"
	],
	[
		"10.0.0.0",
		8,
		"ipv4"
	],
	[
		"100.64.0.0",
		10,
		"ipv4"
	],
	[
		"127.0.0.0",
		8,
		"ipv4"
	],
	[
		"169.254.0.0",
		16,
		"ipv4"
	],
	[
		"172.16.0.0",
		12,
		"ipv4"
	],
	[
		"192.0.0.0",
		24,
		"ipv4"
	],
	[
		"192.168.0.0",
		16,
		"ipv4"
	],
	[
		"198.18.0.0",
		15,
		"ipv4"
	],
	[
		"::",
		127,
		"ipv6"
	],
	[
		"fc00::",
		7,
		"ipv6"
	],
	[
		"fe80::",
		10,
		"ipv6"
	]
]);
/** Where clouds answer with the machine's own credentials. No package registry lives there. */
const METADATA = listOf([
	[
		"169.254.0.0",
		16,
		"ipv4"
	],
	[
		"fd00:ec2::",
		32,
		"ipv6"
	],
	[
		"fe80::",
		10,
		"ipv6"
	]
]);
/** Whether a host is this machine or in a network that only its neighbours reach, as far as its spelling tells. */
function isPrivateHost(hostname) {
	const name = bare(hostname);
	return name === "localhost" || name.endsWith(".localhost") || isIn(name, PRIVATE);
}
/** Whether a host is a cloud's metadata service, or link-local, where nothing else is. */
function isMetadataHost(hostname) {
	const name = bare(hostname);
	return name === "metadata.google.internal" || isIn(name, METADATA);
}
function bare(hostname) {
	return hostname.toLowerCase().replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
function isIn(address, list) {
	const family = (0, node_net.isIP)(address);
	return family !== 0 && list.check(address, family === 6 ? "ipv6" : "ipv4");
}
function listOf(subnets) {
	const list = new node_net.BlockList();
	for (const [net, prefix, family] of subnets) list.addSubnet(net, prefix, family);
	return list;
}
Object.defineProperty(exports, "isMetadataHost", {
	enumerable: true,
	get: function() {
		return isMetadataHost;
	}
});
Object.defineProperty(exports, "isPrivateHost", {
	enumerable: true,
	get: function() {
		return isPrivateHost;
	}
});
