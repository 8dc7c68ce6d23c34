import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import * as entry from '@plumbline/workflows/entry'
import { expect, test } from 'vitest'

const folder = new URL('histories/', import.meta.url)
const logger = new DefaultLogger('ERROR')
Runtime.install({ logger })

const outcomes = ['completed', 'failed', 'cancelled']

test('there is a recorded history of every workflow and outcome', async () => {
  const recorded = await readdir(folder)
  const wanted = Object.keys(entry).flatMap((workflow) => outcomes.map((outcome) => `${workflow}-${outcome}.json`))
  expect(wanted.filter((name) => !recorded.includes(name))).toEqual([])
})

test('every recorded history replays through the code of today', async () => {
  const names = await readdir(folder)
  const histories = await Promise.all(
    names.map(async (name) => ({
      workflowId: name.replace('.json', ''),
      history: historyFromJSON(JSON.parse(await readFile(new URL(name, folder), 'utf8'))),
    })),
  )
  const workflowsPath = fileURLToPath(import.meta.resolve('@plumbline/workflows/entry'))
  const failed: string[] = []
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger })
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    if (error) failed.push(`${workflowId}: ${error.message}`)
  }
  expect(failed).toEqual([])
})
