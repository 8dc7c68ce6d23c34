import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { downloadJobLog } from '../../api/log-calls.ts'
import { asProblem } from '../../api/problem.ts'
import { saveAs } from '../../files/save-as.ts'

/** The whole log as a file. */
export function DownloadLog({ jobId }: { jobId: string }) {
  const download = useMutation({
    mutationFn: async () => (await downloadJobLog(jobId)).blob(),
    onSuccess: (text) => saveAs(text, `job-${jobId}.log`),
    onError: (error) => {
      const { title, detail } = asProblem(error)
      notifications.show({ color: 'red', title, message: detail })
    },
  })
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconDownload size={14} aria-hidden />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      Download
    </Button>
  )
}
