// The words of the supplementary report, where an officer's own text meets the form.
import { describe, expect, it } from 'vitest';
import { wordings } from '../../src/documents/wording.ts';
import { sample } from './sample.ts';

describe('Article 11(6): the meeting is named once, however the officer wrote it', () => {
  it.each([
    ['第十二次', '我校召开学位评定委员会第十二次会议，'],
    ['2027年第5次会议（延期毕业本科生）', '我校召开学位评定委员会2027年第5次会议（延期毕业本科生），'],
    ['聊城大学学位评定委员会2027年第5次会议', '我校召开聊城大学学位评定委员会2027年第5次会议，'],
  ])('%s', (meeting, expected) => {
    const data = sample(1);
    const letter = wordings['supplementary-report']({ ...data, resolution: { ...data.resolution, meeting } });
    expect(JSON.stringify(letter)).toContain(expected);
  });
});
