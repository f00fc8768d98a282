import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Judges PDF files against one flavour ("ua1"): a PASS or FAIL line each, the broken rules, exit 1 on any failure. */
public class VeraCheck {
  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[0]);
    boolean compliant = true;
    for (int i = 1; i < arguments.length; i++) {
      compliant &= check(flavour, arguments[i]);
    }
    System.exit(compliant ? 0 : 1);
  }

  private static boolean check(PDFAFlavour flavour, String file) throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
      ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
      System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + file + " checks=" + result.getTotalAssertions());
      Map<String, Integer> broken = new TreeMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
          broken.merge(rule + " " + assertion.getMessage(), 1, Integer::sum);
        }
      }
      broken.forEach((rule, times) -> System.out.println("   " + times + "x " + rule));
      return result.isCompliant();
    }
  }
}
