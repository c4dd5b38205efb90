import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { MemberEntity } from '../people/member.entity.js';
import { instant, optionalUuid, secretHash, word } from '../persistence/column-types.js';
import type { SignedInWith } from './session.queries.js';
import { TokenEntity } from './token.entity.js';

/** A browser in which somebody is signed in: a member, or who has an access token. All its times are system time. */
@Entity('session')
@Check('session_is_of_one', `("member_id" IS NULL) <> ("token_id" IS NULL)`)
export class SessionEntity {
  /** Of the secret in the browser's cookie. */
  @PrimaryColumn(secretHash)
  hash!: string;

  @Index('session_member')
  @ForeignKey(() => MemberEntity, { name: 'session_member_exists', onDelete: 'CASCADE' })
  @Column(optionalUuid)
  memberId!: string | null;

  @Index('session_token')
  @ForeignKey(() => TokenEntity, { name: 'session_token_exists', onDelete: 'CASCADE' })
  @Column(optionalUuid)
  tokenId!: string | null;

  @Column(word)
  signedInWith!: SignedInWith;

  @Column(instant)
  createdAt!: number;

  /** To the hour: it is not written more often. */
  @Column(instant)
  lastUsedAt!: number;

  @Index('session_ends_at')
  @Column(instant)
  endsAt!: number;
}
