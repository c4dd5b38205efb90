/** Stands for what the build reads from the description: some words of refusals. */
export const refusalWords = {
  noSeatAvailable: {
    title: 'All seats are occupied',
    remedy: 'Log out on another device.',
    page: '/problems/no-seat-available',
  },
  licenseSuspended: { title: 'The license is suspended', remedy: null, page: '/problems/license-suspended' },
};
