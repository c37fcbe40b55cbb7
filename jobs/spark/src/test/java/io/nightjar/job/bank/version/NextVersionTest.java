package io.nightjar.job.bank.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NextVersionTest {
  private static final BankLocation BANK = BankLocation.current("banks/bottle");
  private static final BankManifest.Source DATA = BankManifest.Source.of("data");

  @Test
  void versionsCountFromOne() {
    assertThat(new NextVersion(BANK, OptionalInt.empty(), DATA).version()).isEqualTo(1);
    assertThat(new NextVersion(BANK, OptionalInt.of(7), DATA).version()).isEqualTo(8);
  }
}
