import { expect, it, vi } from 'vitest'
import { memoryStorage } from '../api/browser-storage.ts'
import { createWatchedOperations } from './watched-operations.ts'

it('is there again after a reload', () => {
  const storage = memoryStorage()
  const before = createWatchedOperations(storage)
  before.add('a')
  before.add('b')
  before.remove('a')
  expect(createWatchedOperations(storage).ids()).toEqual(['b'])
})

it('tells who listens, holds each once, and lets the oldest go', () => {
  const watched = createWatchedOperations(memoryStorage())
  const listener = vi.fn<() => void>()
  const off = watched.subscribe(listener)
  for (const id of ['1', '2', '3', '4', '5', '6', '3']) watched.add(id)
  expect(watched.ids()).toEqual(['2', '4', '5', '6', '3'])
  expect(listener).toHaveBeenCalledTimes(7)
  off()
  watched.add('7')
  expect(listener).toHaveBeenCalledTimes(7)
})

it('begins empty where something else lies in its place', () => {
  const storage = memoryStorage()
  storage.setItem('plumbline.operations', '{"not": "a list"')
  expect(createWatchedOperations(storage).ids()).toEqual([])
})
