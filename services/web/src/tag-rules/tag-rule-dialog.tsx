import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem, fieldErrors } from '../api/problem.ts'
import { createTagRule, tagRuleKeys, updateTagRule } from '../api/tag-calls.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { MatcherFields } from './matcher-fields.tsx'
import { formOf, ruleOf, type TagRuleForm } from './tag-rule-form.ts'
import { TryRule } from './try-rule.tsx'
import { tagCategories, type TagRule } from '@plumbline/api'

const categoryLabels: Record<TagRule['category'], string> = {
  pii: 'Personal data',
  sensitivity: 'Sensitivity',
  domain: 'Domain',
}
/** The fields that show what is wrong with them themselves. */
const shownFields = ['name', 'tag', 'matcher.pattern', 'matcher.words', 'matcher.minShare']

/** Adds or changes a rule; what it would find can be tried before it is saved. */
export function TagRuleDialog({ rule, onClose }: { rule: TagRule | undefined; onClose: () => void }) {
  const [form, setForm] = useState(() => formOf(rule))
  const change = (next: Partial<TagRuleForm>): void => setForm((before) => ({ ...before, ...next }))
  const queryClient = useQueryClient()
  const save = useMutation({
    mutationFn: () => (rule ? updateTagRule(rule.id, ruleOf(form)) : createTagRule(ruleOf(form))),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: tagRuleKeys.all })
      onClose()
    },
  })
  const errors = save.isError ? fieldErrors(asProblem(save.error)) : {}
  return (
    <Modal opened size="lg" onClose={onClose} title={rule ? `Edit ${rule.name}` : 'New tag rule'}>
      <form action={() => save.mutate()}>
        <Stack>
          <TextInput
            label="Name"
            required
            data-autofocus
            value={form.name}
            error={errors['name']}
            onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          />
          <Group grow align="flex-start">
            <TextInput
              label="Tag"
              required
              value={form.tag}
              error={errors['tag']}
              onChange={({ currentTarget }) => change({ tag: currentTarget.value })}
            />
            <Select
              label="It says"
              data={tagCategories.map((value) => ({ value, label: categoryLabels[value] }))}
              allowDeselect={false}
              value={form.category}
              onChange={(value) => change({ category: tagCategories.find((one) => one === value) ?? 'pii' })}
            />
          </Group>
          <MatcherFields form={form} errors={errors} onChange={change} />
          <TryRule form={form} />
          {save.isError && <ProblemAlert error={save.error} shownFields={shownFields} />}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {rule ? 'Save' : 'Add the rule'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
