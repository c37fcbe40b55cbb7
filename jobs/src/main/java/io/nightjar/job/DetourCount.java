package io.nightjar.job;

import io.nightjar.bank.Detours;
import java.io.Serializable;

/** The detours of an approximate search, summed over a pass. */
final class DetourCount implements Serializable {
  private static final long serialVersionUID = 1L;

  private Detours total = Detours.NONE;

  void add(Detours more) {
    total = total.plus(more);
  }

  void merge(DetourCount other) {
    add(other.total);
  }

  Detours total() {
    return total;
  }
}
