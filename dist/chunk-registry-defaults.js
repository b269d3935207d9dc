// src/services/registry-defaults.ts
/**
* Where an ecosystem's packages come from when nobody says otherwise. The only place in Assay that
* knows these addresses; configuration of the project or the machine overrides each.
*/
const DEFAULT_REGISTRIES = {
	npm: "https://registry.npmjs.org/",
	PyPI: "https://pypi.org/simple/",
	"crates.io": "sparse+https://index.crates.io/",
	Go: "https://proxy.golang.org"
};
/** Hosts that stand for Python's public index in lockfiles: its own, and the one that it had before 2018. */
const PYPI_HOSTS = ["pypi.org", "pypi.python.org"];
/**
* Environment variables that a checkout's own `.npmrc` may have sent to a public npm registry, by the
* registry's address without its scheme: what people commit. Everything else has to be named by the
* machine's configuration.
*/
const NPM_TOKEN_VARIABLES = {
	"//registry.npmjs.org/": [
		"NPM_TOKEN",
		"NPM_AUTH_TOKEN",
		"NODE_AUTH_TOKEN"
	],
	"//npm.pkg.github.com/": [
		"GITHUB_TOKEN",
		"GH_TOKEN",
		"NODE_AUTH_TOKEN"
	]
};
/** Go's public checksum database: name and verifier key. @see https://go.dev/ref/mod#checksum-database */
const DEFAULT_GO_CHECKSUM_DATABASE = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
/** How Cargo names crates.io: the git form of its index, which every lock has and nobody needs to clone. */
const CRATES_IO_GIT_INDEX = "https://github.com/rust-lang/crates.io-index";
/** Other places of the same database, by the names that GOSUMDB knows them by. */
const GO_CHECKSUM_DATABASE_ALIASES = /* @__PURE__ */ new Map([["sum.golang.google.cn", "sum.golang.org https://sum.golang.google.cn"]]);
/**
* Path of the public npm registry's keys in Sigstore's TUF repository.
*
* @see https://github.com/sigstore/root-signing/tree/main/targets
*/
const NPM_KEYS_TARGET = "registry.npmjs.org/keys.json";
/** Type of PyPI's publish attestations. @see https://docs.pypi.org/attestations/publish/v1/ */
const PYPI_PUBLISH_PREDICATE = "https://docs.pypi.org/attestations/publish/v1";
/** Name of the public-good instance's trusted root in Sigstore's TUF repository. */
const TRUSTED_ROOT_TARGET = "trusted_root.json";
/** What `alpine` and `docker.io/library/alpine` mean. @see https://github.com/distribution/reference */
const SHORT_IMAGE_NAMES = {
	registry: "docker.io",
	aliases: ["index.docker.io", "registry-1.docker.io"],
	namespace: "library"
};
/** Registries whose API is at another host than their name says. */
const OCI_API_HOSTS = /* @__PURE__ */ new Map([["docker.io", "registry-1.docker.io"]]);
/** Keys under which Docker's configuration keeps the login of a registry, where it is not the name of it. */
const DOCKER_CONFIG_KEYS = /* @__PURE__ */ new Map([["docker.io", "https://index.docker.io/v1/"]]);
/**
* Names of the signing configurations in a deployment's TUF repository, by the version of the log that they ask for.
*
* @see https://github.com/sigstore/root-signing/tree/main/targets
*/
const SIGNING_CONFIG_TARGETS = {
	usual: "signing_config.v0.2.json",
	rekorV2: "signing_config_rekor_v2.v0.2.json"
};
/** Where the public-good instance is, for when its own signing configuration cannot be had. */
const PUBLIC_SIGSTORE = {
	fulcio: "https://fulcio.sigstore.dev",
	rekorV1: "https://rekor.sigstore.dev",
	rekorV2: "https://log2025-1.rekor.sigstore.dev",
	timestamp: "https://timestamp.sigstore.dev/api/v1/timestamp"
};
/** Domains of the public-good instance and of its rehearsal: what enters their logs is for everybody to read. */
const PUBLIC_SIGSTORE_DOMAINS = ["sigstore.dev", "sigstage.dev"];
/** Where the REST API of a server of GitHub's is, by the server's origin. */
const GITHUB_APIS = /* @__PURE__ */ new Map([["https://github.com", "https://api.github.com"]]);
Object.defineProperty(exports, "CRATES_IO_GIT_INDEX", {
	enumerable: true,
	get: function() {
		return CRATES_IO_GIT_INDEX;
	}
});
Object.defineProperty(exports, "DEFAULT_GO_CHECKSUM_DATABASE", {
	enumerable: true,
	get: function() {
		return DEFAULT_GO_CHECKSUM_DATABASE;
	}
});
Object.defineProperty(exports, "DEFAULT_REGISTRIES", {
	enumerable: true,
	get: function() {
		return DEFAULT_REGISTRIES;
	}
});
Object.defineProperty(exports, "DOCKER_CONFIG_KEYS", {
	enumerable: true,
	get: function() {
		return DOCKER_CONFIG_KEYS;
	}
});
Object.defineProperty(exports, "GITHUB_APIS", {
	enumerable: true,
	get: function() {
		return GITHUB_APIS;
	}
});
Object.defineProperty(exports, "GO_CHECKSUM_DATABASE_ALIASES", {
	enumerable: true,
	get: function() {
		return GO_CHECKSUM_DATABASE_ALIASES;
	}
});
Object.defineProperty(exports, "NPM_KEYS_TARGET", {
	enumerable: true,
	get: function() {
		return NPM_KEYS_TARGET;
	}
});
Object.defineProperty(exports, "NPM_TOKEN_VARIABLES", {
	enumerable: true,
	get: function() {
		return NPM_TOKEN_VARIABLES;
	}
});
Object.defineProperty(exports, "OCI_API_HOSTS", {
	enumerable: true,
	get: function() {
		return OCI_API_HOSTS;
	}
});
Object.defineProperty(exports, "PUBLIC_SIGSTORE", {
	enumerable: true,
	get: function() {
		return PUBLIC_SIGSTORE;
	}
});
Object.defineProperty(exports, "PUBLIC_SIGSTORE_DOMAINS", {
	enumerable: true,
	get: function() {
		return PUBLIC_SIGSTORE_DOMAINS;
	}
});
Object.defineProperty(exports, "PYPI_HOSTS", {
	enumerable: true,
	get: function() {
		return PYPI_HOSTS;
	}
});
Object.defineProperty(exports, "PYPI_PUBLISH_PREDICATE", {
	enumerable: true,
	get: function() {
		return PYPI_PUBLISH_PREDICATE;
	}
});
Object.defineProperty(exports, "SHORT_IMAGE_NAMES", {
	enumerable: true,
	get: function() {
		return SHORT_IMAGE_NAMES;
	}
});
Object.defineProperty(exports, "SIGNING_CONFIG_TARGETS", {
	enumerable: true,
	get: function() {
		return SIGNING_CONFIG_TARGETS;
	}
});
Object.defineProperty(exports, "TRUSTED_ROOT_TARGET", {
	enumerable: true,
	get: function() {
		return TRUSTED_ROOT_TARGET;
	}
});
