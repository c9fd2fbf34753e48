import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Parses each snippet of the file, one a line and in Base64. For each prints the calls of setters on a line: the name
 * and the literals of the arguments, all in Base64, parted by blanks; calls by tabs.
 */
class Read {

    public static void main(String[] arguments) throws Exception {
        List<JavaFileObject> sources = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            String snippet = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
            sources.add(new SimpleJavaFileObject(URI.create("string:///CorsConfig" + sources.size() + ".java"), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return snippet;
                }
            });
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, problems, null, null, sources);
        StringBuilder output = new StringBuilder();
        task.parse().forEach(unit -> {
            List<String> calls = new ArrayList<>();
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitVariable(VariableTree variable, Void nothing) {
                    if (variable.getName().contentEquals("origins")) calls.add(call("origins", List.of(variable.getInitializer())));
                    return super.visitVariable(variable, nothing);
                }

                @Override
                public Void visitMethodInvocation(MethodInvocationTree invocation, Void nothing) {
                    String name = invocation.getMethodSelect().toString();
                    if (name.matches("(preflight|actual)\\.set.*")) calls.add(call(name, invocation.getArguments()));
                    return super.visitMethodInvocation(invocation, nothing);
                }
            }.scan(unit, null);
            output.append(String.join("\t", calls)).append('\n');
        });
        if (!problems.getDiagnostics().isEmpty()) throw new IllegalArgumentException(problems.getDiagnostics().toString());
        System.out.print(output);
    }

    private static String call(String name, List<? extends ExpressionTree> arguments) {
        List<String> words = new ArrayList<>(List.of(encode(name)));
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitLiteral(LiteralTree literal, Void nothing) {
                words.add(encode(literal.getValue().toString()));
                return null;
            }
        }.scan(arguments, null);
        return String.join(" ", words);
    }

    private static String encode(String text) {
        // An empty word would vanish.
        return "=" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
