import type { Database, Sealer } from '@plumbline/store'
import type { FastifyBaseLogger } from 'fastify'
import type { GatewayConfig } from './config.ts'
import type { EventHub } from './live/event-hub.ts'
import type { ModelEngine } from './questions/model/model-engine.ts'
import type { Engine } from './temporal/engine.ts'

/** What the gateway's parts are given; made once in `main.ts`. */
export interface Deps {
  config: GatewayConfig
  version: string
  db: Database
  engine: Engine
  hub: EventHub
  sealer: Pick<Sealer, 'seal' | 'digest'>
  /** Answers questions that rules do not understand; undefined: there is none. */
  questionModel: ModelEngine | undefined
  log: FastifyBaseLogger
}
