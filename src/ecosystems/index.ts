import { cargo } from './cargo.ts'
import type { Ecosystem } from './ecosystem.ts'
import { go } from './go.ts'
import { npm } from './npm.ts'
import { pdm } from './pdm.ts'
import { pipenv } from './pipenv.ts'
import { poetry } from './poetry.ts'
import { pylock } from './pylock.ts'
import { requirements } from './requirements.ts'
import { uv } from './uv.ts'
import { vendor } from './vendor.ts'

/** Every package manager whose files we read, in the order reports list them. One line each. */
export const ECOSYSTEMS: readonly Ecosystem[] = [
  npm,
  poetry,
  uv,
  pdm,
  pipenv,
  pylock,
  requirements,
  cargo,
  go,
  vendor
]
