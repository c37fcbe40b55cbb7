package io.nightjar.job.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.store.BankLocation;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NextVersionTest {
  private static final BankLocation BANK = BankLocation.current("banks/bottle");

  @Test
  void versionsCountFromOne() {
    assertThat(new NextVersion(BANK, OptionalInt.empty(), "data").version()).isEqualTo(1);
    assertThat(new NextVersion(BANK, OptionalInt.of(7), "data").version()).isEqualTo(8);
  }
}
