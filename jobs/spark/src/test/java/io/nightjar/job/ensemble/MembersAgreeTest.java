package io.nightjar.job.ensemble;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.ensemble.MembersAgree.Banks;
import io.nightjar.job.options.BankScope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MembersAgreeTest {
  private static final Banks OWN = new Banks(false, BankScope.CATEGORY);

  private static Map<String, Map<String, Object>> shared(Object one, Object other) {
    Map<String, Map<String, Object>> shared = new LinkedHashMap<>();
    shared.put("a", Map.of("data", one));
    shared.put("b", Map.of("data", other));
    return shared;
  }

  @Test
  void membersOverTheSameImagesAgree() {
    assertThatCode(
            () -> MembersAgree.require(shared("images", "images"), Map.of("a", OWN, "b", OWN)))
        .doesNotThrowAnyException();
  }

  @Test
  void aDifferenceIsNamedWithBothValues() {
    assertThatThrownBy(
            () -> MembersAgree.require(shared("here", "there"), Map.of("a", OWN, "b", OWN)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("data is here of a and there of b; give all one value.");
  }

  @Test
  void aBankOfAllCategoriesAndAStoredOneAreRefused() {
    assertThatThrownBy(
            () ->
                MembersAgree.require(
                    shared("x", "x"), Map.of("a", OWN, "b", new Banks(false, BankScope.UNIFIED))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Member b: ")
        .hasMessageEndingWith("leave --scope unified out.");
    assertThatThrownBy(
            () ->
                MembersAgree.require(
                    shared("x", "x"), Map.of("a", new Banks(true, BankScope.CATEGORY), "b", OWN)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("leave --bank out.");
  }
}
