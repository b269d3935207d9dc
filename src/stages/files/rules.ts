import type { Rule } from '../../model/finding.ts'

export const CHECKSUM_MISMATCH: Rule = {
  id: 'files/checksum-mismatch',
  title: 'A file has other bytes than the list of checksums says',
  severity: 'critical',
  why: 'The list was made of other bytes: the file was built again, or exchanged. Whoever signs it would vouch for what nobody meant to ship.',
  remedy:
    'Find out which step changed the file after the list was made. Make the list anew only when that was meant to be. Nothing is signed about the file.'
}
