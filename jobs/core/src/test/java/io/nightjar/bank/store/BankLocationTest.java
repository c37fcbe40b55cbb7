package io.nightjar.bank.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class BankLocationTest {
  @Test
  void aVersionFollowsTheLastAt() {
    assertThat(BankLocation.parse("s3a://factory/banks/bottle@12"))
        .isEqualTo(new BankLocation("s3a://factory/banks/bottle", 12));
  }

  @Test
  void withoutAVersionTheCurrentOneIsMeant() {
    assertThat(BankLocation.parse("s3a://user@factory/banks").version()).isEmpty();
  }

  @Test
  void theBankOfACategoryHasTheSameVersion() {
    assertThat(BankLocation.parse("/banks@2").category("bottle")).hasToString("/banks/bottle@2");
  }

  @Test
  void versionsCountFromOne() {
    assertThatThrownBy(() -> BankLocation.parse("/banks@0"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("versions are counted from 1");
  }
}
