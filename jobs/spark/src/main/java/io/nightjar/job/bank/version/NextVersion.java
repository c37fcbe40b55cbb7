package io.nightjar.job.bank.version;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import java.util.OptionalInt;

/**
 * The version of a bank that is to be built.
 *
 * @param bank the bank's folder
 * @param parent the version that it follows; empty for the first
 * @param source what was given as the images' place, for the manifest
 */
public record NextVersion(BankLocation bank, OptionalInt parent, BankManifest.Source source) {

  /** Its number, from 1. */
  public int version() {
    return parent.orElse(0) + 1;
  }

  /** The bank's folder. */
  public String uri() {
    return bank.uri();
  }
}
