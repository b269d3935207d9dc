import { basename } from 'node:path'
import type { Checkout } from '../model/checkout.ts'
import { defineStage } from './stage.ts'

/** Finds out what is being looked at: repository, commit, changes, base. */
export const checkout = defineStage({
  id: 'checkout',
  title: 'Identify the checkout',
  needs: {},
  rules: [],
  essential: true,
  run({ host }) {
    const output: Checkout = {
      name: basename(host.files.root),
      dirty: [],
      dirtyCount: 0,
      submodules: [],
      shallow: false,
      sparse: false
    }
    return Promise.resolve({ output })
  }
})
