import { readFileSync } from 'node:fs'
import { createSealer, openDatabase } from '@plumbline/store'
import type { FastifyBaseLogger } from 'fastify'
import { z } from 'zod'
import { startAlertWatch } from './alerts/watch-alerts.ts'
import { ensureLocalAdmin } from './admin-token.ts'
import { buildApp } from './build-app.ts'
import type { GatewayConfig } from './config.ts'
import { jobView, viewContextOf } from './jobs/job-view.ts'
import { startCountFolding } from './jobs/fold-counts.ts'
import { startReconciler } from './jobs/reconciler.ts'
import { startHousekeeping } from './housekeeping.ts'
import { createEventHub } from './live/event-hub.ts'
import { createModelEngine } from './questions/model/model-engine.ts'
import { startRunEventWatch } from './openlineage/watch-run-events.ts'
import { startScheduleReconciler } from './schedules/reconcile-schedules.ts'
import { createEngine } from './temporal/engine.ts'
import { startRegressionWatch } from './trends/watch-regressions.ts'

const poolSize = 10

export interface Gateway {
  /** Where it listens: `http://127.0.0.1:7878`. */
  address: string
  /** Ends streams, lets requests in flight finish, then closes what it holds. */
  stop(): Promise<void>
}

/** Brings the gateway up; the record must be there and migrated, Temporal need not be. */
export async function startGateway(config: GatewayConfig, log: FastifyBaseLogger): Promise<Gateway> {
  const db = openDatabase({ url: config.databaseUrl, poolSize, applicationName: 'plumbline gateway' })
  const engine = createEngine(config.temporal)
  if (config.tokenFile !== undefined) await ensureLocalAdmin(db, config.tokenFile)
  const hub = await createEventHub({
    db,
    databaseUrl: config.databaseUrl,
    log,
    view: (row) => jobView(row, viewContextOf({ config, engine })),
  })
  const app = await buildApp({
    config,
    version: versionOf(),
    db,
    engine,
    hub,
    sealer: createSealer(config.keySource),
    questionModel: config.questionModel && createModelEngine(config.questionModel, log),
    log,
  })
  const reconciler = startReconciler({ db, engine, log })
  const schedules = startScheduleReconciler({ db, engine, log })
  const housekeeping = startHousekeeping({ db, log, config })
  const counts = startCountFolding({ db, log })
  const regressions = startRegressionWatch({ db, log })
  const alerts = startAlertWatch({ db, engine, log })
  const runEvents = config.runEvents ? startRunEventWatch({ db, engine, log }) : undefined
  const address = await app.listen({ host: config.host, port: config.port })
  return {
    address,
    async stop() {
      await app.close()
      await housekeeping.stop()
      await counts.stop()
      await regressions.stop()
      await alerts.stop()
      await runEvents?.stop()
      await reconciler.stop()
      await schedules.stop()
      await hub.close()
      await engine.close()
      await db.destroy()
    },
  }
}

function versionOf(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version
}
