import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instant, secretHash, uuid } from '../persistence/column-types.js';
import { MemberEntity } from './member.entity.js';

/** A browser in which a member has signed in before, so that their failures there are counted apart from everybody else's. */
@Entity('known_browser')
export class KnownBrowserEntity {
  /** Of the secret in the browser's cookie; several people may use one browser. */
  @PrimaryColumn(secretHash)
  hash!: string;

  @Index('known_browser_member')
  @ForeignKey(() => MemberEntity, { name: 'known_browser_member_exists', onDelete: 'CASCADE' })
  @PrimaryColumn(uuid)
  memberId!: string;

  /** In system time, whatever the test clock shows. */
  @Index('known_browser_ends_at')
  @Column(instant)
  endsAt!: number;
}
