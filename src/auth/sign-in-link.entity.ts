import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { MemberEntity } from '../people/member.entity.js';
import { instant, optionalUuid, secretHash } from '../persistence/column-types.js';
import { TokenEntity } from './token.entity.js';

/** A link that lets somebody in once: a member by an invitation, or who has an operator token by the link of the first start. */
@Entity('sign_in_link')
@Check('sign_in_link_is_of_one', `("member_id" IS NULL) <> ("token_id" IS NULL)`)
export class SignInLinkEntity {
  @PrimaryColumn(secretHash)
  hash!: string;

  @Index('sign_in_link_member')
  @ForeignKey(() => MemberEntity, { name: 'sign_in_link_member_exists', onDelete: 'CASCADE' })
  @Column(optionalUuid)
  memberId!: string | null;

  @Index('sign_in_link_token')
  @ForeignKey(() => TokenEntity, { name: 'sign_in_link_token_exists', onDelete: 'CASCADE' })
  @Column(optionalUuid)
  tokenId!: string | null;

  @Column(instant)
  createdAt!: number;

  /** In system time, whatever the test clock shows. */
  @Index('sign_in_link_ends_at')
  @Column(instant)
  endsAt!: number;
}
