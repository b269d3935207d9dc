import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { checkOut, git } from '../../../scripts/demonstration/checkout.ts'
import { type GitRepository, gitRepository } from '../../support/git-repository.ts'

let repository: GitRepository
let folder: string

beforeEach(() => {
  repository = gitRepository({
    'a/one.txt': 'one\n',
    'two.txt': 'two\n',
    '.gitignore': 'dist\nsecret.txt\n'
  })
  repository.write('dist/index.js', 'bundle\n')
  repository.write('dist/node_modules/x.js', 'x\n')
  repository.write('secret.txt', 'hidden\n')
  folder = mkdtempSync(join(tmpdir(), 'assay-checkout-'))
})
afterEach(() => {
  repository.remove()
  rmSync(folder, { recursive: true, force: true })
})

const read = (path: string): string => readFileSync(join(folder, path), 'utf8')

it('is the commit, and the bundle beside it', async () => {
  const commit = repository.commit('first')

  expect(await checkOut(repository.root, folder)).toEqual({ files: 4, commit, changed: 0 })
  expect(git(folder, 'rev-parse', 'HEAD')).toBe(commit)
  expect([read('a/one.txt'), read('dist/index.js')]).toEqual(['one\n', 'bundle\n'])
  expect(existsSync(join(folder, 'secret.txt'))).toBe(false)
  expect(existsSync(join(folder, 'dist/node_modules'))).toBe(false)
})

it('has what was changed since, and counts it', async () => {
  repository.commit('first')
  repository.write('a/one.txt', 'changed\n')
  repository.write('new.txt', 'new\n')
  rmSync(join(repository.root, 'two.txt'))

  expect(await checkOut(repository.root, folder)).toMatchObject({ changed: 3 })
  expect([read('a/one.txt'), read('new.txt')]).toEqual(['changed\n', 'new\n'])
})

it('needs no repository', async () => {
  rmSync(join(repository.root, '.git'), { recursive: true })
  repository.write('node_modules/x/index.js', 'x\n')

  expect(await checkOut(repository.root, folder)).toEqual({ files: 5, changed: 0 })
  expect(existsSync(join(folder, 'node_modules'))).toBe(false)
})

it('is not taken for a part of a repository around it', async () => {
  repository.commit('first')

  expect(await checkOut(join(repository.root, 'a'), folder)).toEqual({ files: 1, changed: 0 })
})
