import { Alert, Table, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { counted, numberText } from '../../text/count.ts'
import classes from './export.module.css'
import type { ImportResult } from '@plumbline/api'

/** What came of an import, and of each line that was refused why. */
export function ImportOutcome({ result }: { result: ImportResult }) {
  const { imported, known, refused, errors } = result
  const whole = refused === 0
  return (
    <>
      <Alert
        color={whole ? 'teal' : 'yellow'}
        variant="light"
        icon={whole ? <IconCircleCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
        role="status"
      >
        <Text size="sm">
          {counted(imported, 'job')} imported, {numberText(known)} known already, {counted(refused, 'line')} refused.
        </Text>
      </Alert>
      {errors.length > 0 && (
        <div className={classes.errors}>
          <HeadedTable label="Refused lines" minWidth={320} headers={['Line', 'Why']}>
            {errors.map(({ line, message }) => (
              <Table.Tr key={line}>
                <Table.Td>{numberText(line)}</Table.Td>
                <Table.Td>{message}</Table.Td>
              </Table.Tr>
            ))}
          </HeadedTable>
        </div>
      )}
    </>
  )
}
