export { isBreaking } from './discovery/breaking.ts'
export { diffRelation, diffSchema } from './discovery/diff-catalog.ts'
export { canonicalJson, fingerprintOf } from './discovery/fingerprint.ts'
