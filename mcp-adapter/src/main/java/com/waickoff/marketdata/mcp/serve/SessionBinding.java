package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.catalogue.Completions.Proposal;
import com.waickoff.marketdata.mcp.catalogue.Completions.Reference;
import com.waickoff.marketdata.mcp.catalogue.Prompt;
import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.tool.Tool;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteContext;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult.CompleteCompletion;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceReference;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A catalogue as the SDK serves it: the revisions with sessions. */
final class SessionBinding {
    /** As these revisions have it. */
    private static final int RESOURCE_NOT_FOUND = -32002;

    private final Catalogue catalogue;
    private final ToolCalls calls;
    private final McpJsonMapper mapper;
    private final String name;
    private final String version;

    SessionBinding(Catalogue catalogue, ToolCalls calls, McpJsonMapper mapper, String name,
            String version) {
        this.catalogue = catalogue;
        this.calls = calls;
        this.mapper = mapper;
        this.name = name;
        this.version = version;
    }

    void bind(SyncSpecification<?> server) {
        server.jsonMapper(mapper).jsonSchemaValidator(new Checked())
                .serverInfo(name, version).instructions(catalogue.instructions())
                .capabilities(Descriptions.capabilities(catalogue))
                .tools(catalogue.tools().stream().map(SessionBinding::tool).toList())
                .resources(catalogue.resources().stream()
                        .map(resource -> new SyncResourceSpecification(Descriptions.of(resource),
                                (exchange, request) -> read(request.uri())))
                        .toList())
                .resourceTemplates(catalogue.templates().stream()
                        .map(template -> new SyncResourceTemplateSpecification(
                                Descriptions.of(template),
                                (exchange, request) -> read(request.uri())))
                        .toList())
                .prompts(catalogue.prompts().stream()
                        .map(prompt -> new SyncPromptSpecification(Descriptions.of(prompt),
                                (exchange, request) -> render(prompt, request.arguments())))
                        .toList())
                .completions(completions())
                .strictToolNameValidation(true).validateToolInputs(false)
                // Whoever calls has a thread that may wait, or nothing to wait for.
                .immediateExecution(true).build();
    }

    /** The SDK lists tools; calls of them do not reach it, {@link SessionTools}. */
    private static SyncToolSpecification tool(Tool tool) {
        return SyncToolSpecification.builder().tool(Descriptions.of(tool))
                .callHandler((exchange, request) -> {
                    throw new IllegalStateException(tool.name() + " is called by the transport");
                }).build();
    }

    private ReadResourceResult read(String uri) {
        try {
            ToolCalls.Reading reading = calls.read(catalogue, uri);
            return ReadResourceResult.builder(List.of(TextResourceContents
                    .builder(uri, reading.text()).mimeType(reading.readable().mimeType())
                    .build())).build();
        } catch (ToolFailure failure) {
            throw error(failure, RESOURCE_NOT_FOUND);
        }
    }

    private GetPromptResult render(Prompt prompt, Map<String, Object> arguments) {
        try {
            return GetPromptResult.builder(calls.render(prompt, arguments).stream()
                    .map(message -> PromptMessage.builder(Role.USER,
                            TextContent.builder(message.text()).build()).build())
                    .toList()).description(prompt.description()).build();
        } catch (ToolFailure failure) {
            throw error(failure, Rpc.INVALID_PARAMS);
        }
    }

    private List<SyncCompletionSpecification> completions() {
        List<SyncCompletionSpecification> completions = new ArrayList<>();
        catalogue.prompts().forEach(prompt -> completions.add(new SyncCompletionSpecification(
                new PromptReference(prompt.name()), (exchange, request) -> complete(
                        new Reference.OfPrompt(prompt.name()), request))));
        catalogue.templates().forEach(template -> completions.add(new SyncCompletionSpecification(
                new ResourceReference(template.uriTemplate()), (exchange, request) -> complete(
                        new Reference.OfTemplate(template.uriTemplate()), request))));
        return completions;
    }

    private CompleteResult complete(Reference reference, CompleteRequest request) {
        CompleteContext context = request.context();
        Map<String, String> others = context == null || context.arguments() == null ? Map.of()
                : context.arguments();
        Proposal proposal = catalogue.completions().propose(reference, request.argument().name(),
                request.argument().value(), others);
        return new CompleteResult(new CompleteCompletion(proposal.values(), proposal.total(),
                proposal.hasMore()));
    }

    private static McpError error(ToolFailure failure, int wrong) {
        return McpError.builder(codeOf(failure, wrong)).message(failure.text()).build();
    }

    /**
     * The code of an error for a failure that cannot be a result.
     *
     * @param wrong the code where the client has asked for what there is not
     */
    static int codeOf(ToolFailure failure, int wrong) {
        ErrorCode code = failure.code();
        boolean clients = code == ErrorCode.UNKNOWN_RESOURCE
                || code == ErrorCode.UNKNOWN_INSTRUMENT || code == ErrorCode.INVALID_ARGUMENT
                || code == ErrorCode.AMBIGUOUS_INSTRUMENT;
        return clients ? wrong : Rpc.UNAVAILABLE;
    }

    /**
     * Lets everything pass: arguments are checked against the very definitions their schemas are
     * made from, with texts that help a model, and that answers keep to their schemas is tested.
     * The SDK's own validator would be made for each tool at each start.
     */
    private static final class Checked implements JsonSchemaValidator {
        @Override
        public ValidationResponse validate(Map<String, Object> schema, Object content) {
            return ValidationResponse.asValid(null);
        }
    }
}
