import { Button, FileInput, Group, Modal, Stack, Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { importJobs } from '../../api/transfer-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { bytesText } from '../../text/bytes.ts'
import { ImportOutcome } from './import-outcome.tsx'

/** Brings jobs of another installation here, with what an export of them wrote. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const queryClient = useQueryClient()
  const bring = useMutation({
    mutationFn: importJobs,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['jobs'] }),
  })
  return (
    <Modal opened onClose={onClose} size="lg" title="Import jobs">
      <form
        action={() => {
          if (file !== null) bring.mutate(file)
        }}
      >
        <Stack>
          <Text size="sm">
            Takes the NDJSON of an export. Jobs keep their ids, attempts, steps, errors and times; those that were still
            active arrive as cancelled, and those that are here already stay as they are.
          </Text>
          <FileInput
            label="File"
            placeholder="Choose a file"
            accept=".ndjson,.jsonl,application/x-ndjson"
            leftSection={<IconFileImport size={16} aria-hidden />}
            description={file === null ? undefined : bytesText(file.size)}
            data-autofocus
            value={file}
            onChange={(chosen) => {
              setFile(chosen)
              bring.reset()
            }}
          />
          {bring.isError && <ProblemAlert error={bring.error} />}
          {bring.data !== undefined && <ImportOutcome result={bring.data} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" disabled={file === null || bring.isSuccess} loading={bring.isPending}>
              Import
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
