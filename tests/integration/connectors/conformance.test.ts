import { describeConnector } from '@plumbline/connectors/conformance'
import { conformingSource } from './conforming-source.ts'

describeConnector('postgres', 'postgres', () => conformingSource())
