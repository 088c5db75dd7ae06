import { requestFollowsItem } from '../../src/rules/request-follows-item.ts'
import { cases } from '../support/cases.ts'

const file = 'records/request/REQ-1.yaml'
const item = 'records/catalogue-item/laptop.yaml'
const offer = 'id: laptop\nstate: published\napproval: { from: [ops], approvals: 2 }\ntasks: [{ title: Order }]\n'
const team = {
  'records/team/ops.yaml': 'id: ops\nmembers: [{ login: ada }, { login: Bob }, { login: carla }]\n',
  [item]: offer,
}
const awaiting = { ...team, [file]: 'id: REQ-1\nstate: awaiting_approval\nitem: laptop\nrequester: ada\n' }
const approved = (by: string) => `id: REQ-1\nstate: approved\nitem: laptop\nrequester: ada\napproved_by: ${by}\n`

cases(requestFollowsItem, {
  'two members who asked for nothing themselves approve': {
    before: awaiting,
    now: { ...team, [file]: approved('[bob, carla]') },
  },
  'nobody approves their own request': {
    before: awaiting,
    now: { ...team, [file]: approved('[Ada, carla] # <- ada cannot approve a request of their own') },
  },
  'nobody approves who was not asked': {
    before: awaiting,
    now: { ...team, [file]: approved('[zoe, carla] # <- zoe is no member of ops, whom laptop asks') },
  },
  'one person counts once': {
    before: awaiting,
    now: { ...team, [file]: approved('[bob, Bob] # <- REQ-1 has 1 of 2 approvals') },
  },
  'approval cannot be passed by': {
    before: { ...team, [file]: 'id: REQ-1\nstate: submitted\nitem: laptop\n' },
    now: {
      ...team,
      [file]:
        'id: REQ-1\nstate: in_fulfilment # <- REQ-1 cannot be fulfilled without approval: laptop asks ops\nitem: laptop\n',
    },
  },
  'where none is asked none is needed': {
    before: { [item]: 'id: laptop\nstate: published\n', [file]: 'id: REQ-1\nstate: submitted\nitem: laptop\n' },
    now: { [item]: 'id: laptop\nstate: published\n', [file]: 'id: REQ-1\nstate: in_fulfilment\nitem: laptop\n' },
  },
  'what is not on offer cannot be requested': {
    before: { [item]: 'id: laptop\nstate: retired\n' },
    now: {
      [item]: 'id: laptop\nstate: retired\n',
      [file]: 'id: REQ-1\nstate: submitted\nitem: laptop # <- laptop cannot be requested: it is retired\n',
    },
  },
  'a request that is under way outlives the offer': {
    before: { [item]: 'id: laptop\nstate: retired\n', [file]: 'id: REQ-1\nstate: approved\nitem: laptop\n' },
    now: { [item]: 'id: laptop\nstate: retired\n', [file]: 'id: REQ-1\nstate: in_fulfilment\nitem: laptop\n' },
  },
  'a task of the item that was left out is reported at fulfilment': {
    before: { ...team, [file]: 'id: REQ-1\nstate: in_fulfilment\nitem: laptop\n' },
    now: {
      ...team,
      [file]:
        'id: REQ-1\nstate: fulfilled\nitem: laptop\ntasks: # <- REQ-1 lacks the task "Order" of laptop\n  - { title: Other, done: true }\n',
    },
  },
})
