/** What approximate indexes learn from a bank by MLlib. */
package io.nightjar.bank.index;
