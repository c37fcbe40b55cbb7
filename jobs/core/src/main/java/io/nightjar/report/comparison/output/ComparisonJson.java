package io.nightjar.report.comparison.output;

import io.nightjar.json.Json;
import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.Pairing;
import io.nightjar.metric.compare.RankComparison;
import io.nightjar.report.comparison.CategoryComparison;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FigureComparison;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.ImageChange;
import io.nightjar.report.comparison.Ranking;
import io.nightjar.report.comparison.RunComparison;
import io.nightjar.report.comparison.Setting;
import io.nightjar.report.comparison.StageSeconds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** {@code compare.json}: everything that a comparison of runs found. */
public final class ComparisonJson {
  private static final int FORMAT_VERSION = 1;

  private record Document(
      int formatVersion,
      boolean passed,
      String sentence,
      Map<String, Object> options,
      Run baseline,
      List<Compared> comparisons,
      Ranked ranking,
      List<String> notes) {}

  private record Run(
      String run, String title, String started, Double wallSeconds, int quarantined) {
    static Run of(FinishedRun run) {
      return new Run(
          run.uri(),
          run.report().run().title(),
          run.started(),
          number(run.wallSeconds()),
          run.quarantined());
    }
  }

  private record Compared(
      Run candidate,
      String verdict,
      boolean passed,
      String sentence,
      List<String> reasons,
      List<Category> categories,
      Map<String, Figure> mean,
      Map<String, List<String>> meanWithout,
      List<Setting> differs,
      List<String> notes) {}

  private record Category(
      String category,
      String verdict,
      List<String> reasons,
      Images images,
      Map<String, Figure> figures,
      List<Change> changes,
      List<StageSeconds> seconds,
      List<String> notes) {}

  private record Images(
      int paired,
      int pairedByPath,
      int renamed,
      List<String> removed,
      List<String> added,
      List<String> changed,
      List<String> relabelled) {
    static Images of(Pairing pairing) {
      return new Images(
          pairing.pairs().size(),
          pairing.byPath(),
          pairing.renamed(),
          pairing.removed(),
          pairing.added(),
          pairing.changed(),
          pairing.relabelled());
    }
  }

  private record Figure(
      Double baseline,
      Double candidate,
      Double difference,
      List<Double> interval,
      Double pDifferent,
      Double pSame,
      String verdict,
      boolean decides,
      Long neededImages,
      String reason) {
    static Figure of(FigureComparison figure) {
      return new Figure(
          number(figure.baseline()),
          number(figure.candidate()),
          number(figure.difference()),
          figure.test().map(Figure::interval).orElse(null),
          number(figure.pDifferent()),
          number(figure.pSame()),
          figure.verdict().word(),
          figure.decides(),
          figure.neededImages().isPresent() ? figure.neededImages().getAsLong() : null,
          figure.reason());
    }

    private static List<Double> interval(DifferenceTest test) {
      return List.of(test.lower(), test.upper());
    }

    static Map<String, Figure> all(List<FigureComparison> figures) {
      Map<String, Figure> all = new LinkedHashMap<>();
      figures.forEach(figure -> all.put(figure.figure().key(), of(figure)));
      return all;
    }
  }

  private record Change(
      String path,
      String candidatePath,
      String defect,
      boolean defective,
      String measure,
      double baseline,
      double candidate,
      double change,
      double baselineScore,
      double candidateScore) {
    static Change of(ImageChange change) {
      return new Change(
          change.pair().baseline().path(),
          change.pair().candidate().path(),
          change.pair().baseline().defect(),
          change.pair().baseline().defective(),
          change.measure(),
          change.baseline(),
          change.candidate(),
          change.change(),
          change.pair().baseline().score(),
          change.pair().candidate().score());
    }
  }

  private record Ranked(
      String figure,
      List<String> categories,
      List<String> without,
      List<Rank> runs,
      double chiSquared,
      double chiSquaredP,
      Double f,
      double fP,
      double criticalDifference,
      List<List<String>> groups) {
    static Ranked of(Ranking ranking) {
      RankComparison ranks = ranking.ranks();
      List<Rank> runs = new ArrayList<>();
      for (int i = 0; i < ranking.runs().size(); i++) {
        runs.add(new Rank(ranking.runs().get(i), ranks.meanRanks().get(i)));
      }
      return new Ranked(
          ranking.figure().key(),
          ranking.categories(),
          ranking.without(),
          runs,
          ranks.chiSquared(),
          ranks.pChiSquared(),
          Double.isInfinite(ranks.f()) ? null : ranks.f(),
          ranks.pF(),
          ranks.criticalDifference(),
          ranks.groups().stream()
              .map(group -> group.stream().map(ranking.runs()::get).toList())
              .toList());
    }
  }

  private record Rank(String run, double meanRank) {}

  private ComparisonJson() {}

  /** The document. */
  public static String write(ComparisonReport report) {
    Map<String, Object> options = new LinkedHashMap<>(report.options().asMap());
    options.putAll(report.gate().asMap());
    List<Compared> compared = new ArrayList<>();
    for (int i = 0; i < report.comparisons().size(); i++) {
      compared.add(compared(report.comparisons().get(i), report.outcomes().get(i)));
    }
    return Json.indented(
            new Document(
                FORMAT_VERSION,
                report.passed(),
                report.sentence(),
                options,
                Run.of(report.comparisons().get(0).baseline()),
                compared,
                report.ranking().map(Ranked::of).orElse(null),
                report.notes()))
        + "\n";
  }

  private static Compared compared(RunComparison runs, Gate.Outcome outcome) {
    return new Compared(
        Run.of(runs.candidate()),
        runs.verdict().word(),
        outcome.passed(),
        outcome.sentence(),
        outcome.ofRun(),
        runs.categories().stream().map(category -> category(category, outcome)).toList(),
        Figure.all(runs.mean()),
        runs.meanWithout(),
        runs.differs(),
        runs.notes());
  }

  private static Category category(CategoryComparison category, Gate.Outcome outcome) {
    return new Category(
        category.category(),
        category.verdict().word(),
        outcome.byCategory().getOrDefault(category.category(), List.of()),
        category.images().map(Images::of).orElse(null),
        Figure.all(category.figures()),
        category.changes().stream().map(Change::of).toList(),
        category.stages(),
        category.notes());
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
