package io.nightjar.job.ensemble;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankScope;
import io.nightjar.text.Text;
import java.util.Map;
import java.util.Objects;

/** What the members of an ensemble must have in common, so that their maps can be averaged. */
public final class MembersAgree {
  private MembersAgree() {}

  /**
   * Where the banks of a member come from.
   *
   * @param stored whether they were built before
   * @param scope of those that are built
   */
  public record Banks(boolean stored, BankScope scope) {}

  /**
   * Refuses members whose maps cannot be averaged.
   *
   * @param shared values that must be equal, by the names of options, by the names of members
   * @param banks of each member
   * @throws InvalidInputException naming the first difference, or a bank without a scale
   */
  public static void require(Map<String, Map<String, Object>> shared, Map<String, Banks> banks) {
    banks.forEach(MembersAgree::requireOwn);
    Map.Entry<String, Map<String, Object>> first = shared.entrySet().iterator().next();
    for (Map.Entry<String, Map<String, Object>> other : shared.entrySet()) {
      first
          .getValue()
          .forEach(
              (option, value) -> {
                Object own = other.getValue().get(option);
                if (!Objects.equals(own, value)) {
                  throw new InvalidInputException(
                      Text.format(
                          "The members of an ensemble are measured on the same images in the same"
                              + " way, but %s is %s of %s and %s of %s; give all one value.",
                          option, value, first.getKey(), own, other.getKey()));
                }
              });
    }
  }

  private static void requireOwn(String member, Banks banks) {
    if (banks.stored() || banks.scope() == BankScope.UNIFIED) {
      throw new InvalidInputException(
          Text.format(
              "Member %s: an ensemble divides maps by the scores of the normal images of each"
                  + " category's own bank, which it builds; leave %s out.",
              member, banks.stored() ? "--bank" : "--scope unified"));
    }
  }
}
