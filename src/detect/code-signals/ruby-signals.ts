import { SERVER } from "./call-weights.ts";
import type { CodeSignals } from "./code-signal.ts";
import { names } from "../names.ts";

/** What imports and calls say in Ruby. */
export const RUBY_SIGNALS: CodeSignals = {
  importLine: /^\s*require(?:_relative)?\s+["']([^"']{2,120})["']/,
  imports: [
    {
      says: "server framework or client",
      weight: SERVER,
      modules: names(`
      rails sinatra grape rack sidekiq active_record faraday net/http httparty pg redis mongoid aws-sdk stripe resque hanami
      roda graphql sequel kafka bunny
    `),
    },
    { says: "test framework", weight: -3, modules: names("rspec minitest capybara spec_helper rails_helper test_helper") },
  ],
  calls: [
    {
      says: "server class",
      weight: 2.5,
      pattern:
        /\bclass\s+\S{1,120}\s*<\s*(?:::)?(?:\S{0,60}(?:ApplicationController|BaseController|ActionController|ApplicationRecord|ActiveRecord|ApplicationJob|ApplicationMailer|BaseJob|ActiveJob|Migration|BaseSerializer|ApplicationService|Mutation|Resolver)\S{0,60})|\binclude\s+(?:Sidekiq|ActiveModel|Interactor)/,
    },
    {
      says: "database or model code",
      weight: 2,
      pattern:
        /^\s*(?:belongs_to|has_many|has_one|has_and_belongs_to_many|validates?|scope|before_action|after_commit|before_save|after_create|after_save|before_validation|add_column|create_table|add_index|remove_column|change_column\w*|add_reference|resources?|namespace|mount|queue_as|sidekiq_options|skip_before_action|rescue_from|delegate)\b[\s(]*[:"']|\.(?:where|find_by!?|find_each|joins|includes|pluck|update_all|perform_later|perform_async|save!|update!|create!|with_lock|upsert_all)\b/,
    },
  ],
};
