/** Who we are for a registry of images. Every secret in it is masked before anybody has it. */
export type RegistryLogin =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** A token that a token server exchanges for others: `az acr login`, some credential helpers. */
  | { readonly kind: 'identity'; readonly token: string }
  /** A token that the registry itself takes. */
  | { readonly kind: 'registry'; readonly token: string }

/** Whom to ask for the login to a repository of a registry: `ghcr.io`, `o/app`. Nothing: anonymous. */
export type LoginSource = (
  registry: string,
  repository: string
) => Promise<RegistryLogin | undefined>
